/** What gives a person away in a text that was not written for a log, and what stands in its place. */
const TRACES: [RegExp, string][] = [
  // Passwords in connection strings come before mail addresses, which they resemble.
  [/\b([a-z][a-z0-9+.-]*):\/\/[^\s/@]*@/gi, '$1://[secret]@'],
  [/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, '[mail]'],
  [/\?[^\s"'|)]*=[^\s"'|)]*/g, '?[query]'],
  // A link or a session: 32 bytes in base64url.
  [/(?<![\w-])[\w-]{43}(?![\w-])/g, '[token]'],
  [/(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?(?![\w.])/g, '[ip]'],
  // IPv6: shortened, or of all its groups; a time of day has too few of them.
  [/(?<![\w:])(?=[0-9a-f:]*::|(?:[0-9a-f]{1,4}:){6})(?:[0-9a-f]{0,4}:){2,7}(?:(?:\d{1,3}\.){3}\d{1,3}|[0-9a-f]{1,4})?(?:%\w+)?(?![\w:])/gi, '[ip]'],
]

/** Takes mail addresses, network addresses, query strings, tokens and passwords out of a text. */
export function scrub(text: string): string {
  return TRACES.reduce((clean, [trace, mark]) => clean.replace(trace, mark), text).slice(0, 2000)
}
