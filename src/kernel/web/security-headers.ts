/**
 * Headers of every answer, flat. Public pages carry no executable script, so nothing may run; the one style of the
 * pages is allowed by its hash, computed once. Letters of wood carry their width in a style attribute.
 * @param scriptHashes of a page of the desk with scripts: these very bytes run there and no others, not even a file of
 *   ours, and no text can be turned into script or markup (Trusted Types: no policy can be made)
 * @param loadedFrom whole addresses of a folder from which these scripts load others
 * @param framing no page stands in a frame, but that of a preview, which holds no form, in a page of this house
 */
export function securityHeaders(
  styleHash: string, isHttps: boolean, scriptHashes: readonly string[] = [], loadedFrom: readonly string[] = [], framing: 'none' | 'frames' | 'framed' = 'none',
): readonly string[] {
  const policy = [
    `default-src 'none'`,
    `style-src ${styleHash}`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self'`,
    `media-src 'self'`,
    `font-src 'self'`,
    `form-action 'self'`,
    `base-uri 'none'`,
    `frame-ancestors ${framing === 'framed' ? `'self'` : `'none'`}`,
    ...(framing === 'frames' ? [`frame-src 'self'`] : []),
    ...(scriptHashes.length > 0 ? [`script-src ${[...scriptHashes, ...loadedFrom].join(' ')}`, `connect-src 'self'`, `require-trusted-types-for 'script'`, `trusted-types 'none'`] : []),
  ]
  return [
    'Content-Security-Policy', policy.join('; '),
    // NOTE: `no-referrer` would make a form without script send `Origin: null`, which Kit turns away.
    'Referrer-Policy', framing === 'framed' ? 'no-referrer' : 'same-origin',
    'X-Content-Type-Options', 'nosniff',
    'Cross-Origin-Opener-Policy', 'same-origin',
    'Cross-Origin-Resource-Policy', 'same-origin',
    'Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    ...(isHttps ? ['Strict-Transport-Security', 'max-age=31536000'] : []),
  ]
}
