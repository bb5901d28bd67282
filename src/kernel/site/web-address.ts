/** A page of the web, as a browser would follow it; undefined for anything else: a link may carry no script and nobody's password. */
export function webAddress(text: string): URL | undefined {
  const url = URL.parse(text)
  return url && ['https:', 'http:'].includes(url.protocol) && url.username === '' && url.password === '' ? url : undefined
}
