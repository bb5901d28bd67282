import { expect, test } from 'vitest'
import { obstacleToPin, obstacleToPinTwice, Turns } from '#rooms/people/pin.ts'

test('digits that are guessed first are refused', () => {
  for (const easy of ['000000', '111111', '123456', '654321', '987654', '890123', '121212', '123123', '112233', '123321', '111112', '135791', '147258', '131313']) expect(obstacleToPin(easy), easy).toBe('too-easy')
})

test('what is not six digits is none', () => {
  for (const bad of ['', '12345', '1234567', '12 456', '12a456', '١٢٣٤٥٦', '-12345']) expect(obstacleToPin(bad), bad).toBe('malformed')
})

test('digits typed twice are the same digits; two empty fields are none, and nothing to mend', () => {
  expect(obstacleToPinTwice('', '')).toBeNull()
  expect(obstacleToPinTwice('902514', '902514')).toBeNull()
  expect(obstacleToPinTwice('902514', '902541')).toBe('differs')
  expect(obstacleToPinTwice('902514', '')).toBe('differs')
  expect(obstacleToPinTwice('', '902514')).toBe('malformed')
  expect(obstacleToPinTwice('123456', '123456')).toBe('too-easy')
})

test('nearly all numbers may be chosen', () => {
  const all = Array.from({ length: 1_000_000 }, (_, n) => String(n).padStart(6, '0'))
  const refused = all.filter((pin) => obstacleToPin(pin) !== null).length
  expect(refused).toBeLessThan(8000)
  for (const good of ['902514', '370286', '481906']) expect(obstacleToPin(good), good).toBeNull()
})

test('guesses at one person take turns, those at another do not wait for them, and a full line says so', async () => {
  const turns = new Turns()
  const order: string[] = []
  let release = () => {}
  const first = turns.take('a', () => new Promise<void>((resolve) => { release = () => { order.push('first'); resolve() } }))
  const others = [1, 2, 3].map((n) => turns.take('a', async () => { order.push(`other ${n}`) }))
  expect(await turns.take('a', async () => 'never')).toBe('too-many')
  expect(await turns.take('b', async () => 'at once')).toBe('at once')
  expect(order).toEqual([])
  release()
  await Promise.all([first, ...others])
  expect(order).toEqual(['first', 'other 1', 'other 2', 'other 3'])
  await expect(turns.take('a', async () => { throw new Error('x') })).rejects.toThrow('x')
  expect(await turns.take('a', async () => 'again')).toBe('again')
})
