// Promise: a second start shows its first page within 1 s on a quiet machine; the first start after the build within 5 s.
import { median, printMachine, startHouse } from './house.ts'

const ROUNDS = Number(process.env.ROUNDS ?? 5)
printMachine()
let house = await startHouse()
const first = house.readyMs
console.log(`first start: ${first.toFixed(0)} ms (limit 5000)`)
const later: number[] = []
for (let round = 1; round <= ROUNDS; round++) {
  house = await house.again()
  later.push(house.readyMs)
  console.log(`start ${round + 1}: ${house.readyMs.toFixed(0)} ms`)
}
await house.end()
console.log(`median of ${ROUNDS} later starts: ${median(later).toFixed(0)} ms (limit 1000)`)
if (first > 5000 || median(later) > 1000) process.exitCode = 1
