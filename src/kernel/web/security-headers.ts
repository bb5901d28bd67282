import { createHash } from 'node:crypto'

/**
 * Headers of every answer, flat. Public pages carry no executable script, so nothing may run; the one style of the
 * template is allowed by its hash, computed once. Letters of wood carry their width in a style attribute.
 */
export function securityHeaders(template: string, isHttps: boolean): readonly string[] {
  const policy = [
    `default-src 'none'`,
    `style-src ${styleHashes(template).join(' ') || `'none'`}`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self'`,
    `font-src 'self'`,
    `form-action 'self'`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
  ]
  return [
    'Content-Security-Policy', policy.join('; '),
    // NOTE: `no-referrer` would make a form without script send `Origin: null`, which Kit turns away.
    'Referrer-Policy', 'same-origin',
    'X-Content-Type-Options', 'nosniff',
    'Cross-Origin-Opener-Policy', 'same-origin',
    'Cross-Origin-Resource-Policy', 'same-origin',
    'Permissions-Policy', 'camera=(), microphone=(), geolocation=(), browsing-topics=(), interest-cohort=()',
    ...(isHttps ? ['Strict-Transport-Security', 'max-age=31536000'] : []),
  ]
}

function styleHashes(template: string): string[] {
  return [...template.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(
    ([, style]) => `'sha256-${createHash('sha256').update(style!).digest('base64')}'`)
}
