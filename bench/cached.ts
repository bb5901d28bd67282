// Promise: a cached public page at 0.6 × nginx or more (aim 0.75), the whole app, same bytes and headers.
import { besideNginx } from './beside-nginx.ts'

await besideNginx(0.6, false)
