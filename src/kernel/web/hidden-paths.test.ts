import { expect, test } from 'vitest'
import { isHidden } from '#kernel/web/hidden-paths.ts'

test.each([
  '/en/media/__data.json', '/__data.json', '/en/media/a-title/__data.json', '/en/media/__dat%61.json', '/en.html__data.json',
  '/en/media/%5F_data.json', '/en/media/__route.js', '/en/media/a.html__data.json', '/en/media/__data.json/', '/desk/../en/__data.json',
])('%s never was', (path) => expect(isHidden(new URL(path, 'http://x').pathname)).toBe(true))

test.each(['/en/media', '/desk/texts/__data.json', '/en/media/data.json', '/en/__data.json.txt'])(
  '%s is asked on', (path) => expect(isHidden(path)).toBe(false))
