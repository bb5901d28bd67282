export const entryPath = (token: string) => `/desk/in/${token}`

/** What an operator reads of a new steward's link. @param origin the canonical one */
export function stewardLinkLines(origin: string, token: string): string[] {
  const { hostname, port } = new URL(origin)
  const lines = [
    'The link for a steward. It lets one person in, once, within 24 hours:',
    origin + entryPath(token),
  ]
  if (hostname !== 'localhost') return lines
  const at = port || '80'
  return [...lines, 'When this server is another machine than yours, open a way to it first and leave it open:', `ssh -L ${at}:localhost:${at} you@your-server`]
}
