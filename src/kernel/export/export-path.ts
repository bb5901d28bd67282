const LONGEST_NAME = 240

/**
 * Whether a name in an export is a place inside it: letters, digits, points, hyphens and underscores between slashes. What
 * leads out of the folder (`..`), begins at the root, or hides, is none: an export may come from a stranger.
 */
export function isExportPath(path: string): boolean {
  return path.length <= 1000 && path.split('/').every((name) =>
    /^[\p{L}\p{M}\p{N}_-][\p{L}\p{M}\p{N}._-]*$/u.test(name) && Buffer.byteLength(name) <= LONGEST_NAME)
}

/** As much of a word as a file may be called by: file systems count bytes, and letters have up to four. */
export function nameWithin(word: string, most = 150): string {
  const signs = [...word]
  while (Buffer.byteLength(signs.join('')) > most) signs.pop()
  return signs.join('').replace(/-+$/, '')
}
