import { statSync } from 'node:fs'

/** How far an import is, on a terminal: by the bytes of its files, and by the texts that were told. */
export interface Progress {
  /** A file is read from now on; the answer is told how much of it was. */
  begin(path: string): (bytes: number) => void
  /** A line was told: the bar makes room for it. */
  count(line: string): void
  end(): void
}

interface Terminal { isTTY?: boolean; columns?: number; write(text: string): unknown }

const WIDTH = 24
const CLEAR = '\r\x1b[K'

/** Drawn some times a second at most; nothing where no person looks. */
export function showProgress(terminal: Terminal, paths: string[], now: () => number, every = 250): Progress {
  if (!terminal.isTTY) return { begin: () => () => {}, count: () => {}, end: () => {} }
  const sizes = new Map(paths.map((path) => [path, statSync(path, { throwIfNoEntry: false })?.size ?? 0]))
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  const began = now()
  let [before, read, texts, drawn] = [0, 0, 0, -Infinity]
  function draw() {
    if (now() - drawn < every) return
    drawn = now()
    terminal.write(CLEAR + barOf(total === 0 ? 0 : Math.min(1, read / total), texts, (now() - began) / 1000))
  }
  return {
    begin(path) {
      const start = before
      before += sizes.get(path) ?? 0
      return (bytes) => {
        read = start + bytes
        draw()
      }
    },
    count(line) {
      if (!line.startsWith('  ')) texts++
      terminal.write(CLEAR)
      drawn = -Infinity
    },
    end: () => void terminal.write(CLEAR),
  }
}

/** `[████······] 17 %, 1204 texts, 98 a second` */
export function barOf(share: number, texts: number, seconds: number): string {
  const full = Math.floor(share * WIDTH)
  const rate = seconds > 0 ? Math.round(texts / seconds) : 0
  return `[${'█'.repeat(full)}${'·'.repeat(WIDTH - full)}] ${Math.floor(share * 100)} %, ${texts} texts, ${rate} a second`
}
