import { openArchive } from './archive.ts'
const archive = await openArchive(10000, 200, '/var/tmp/bench-archive')
console.log('filled', archive.tookS)
await archive.end()
