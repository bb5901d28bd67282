// Promise: 304 at 0.5 × nginx or more.
import { besideNginx } from './beside-nginx.ts'

await besideNginx(0.5, true)
