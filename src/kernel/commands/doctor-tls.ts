import type { X509Certificate } from 'node:crypto'
import { request } from 'node:https'
import { isIP } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { CommandHouse } from '#kernel/commands/command.ts'
import { bad, type Finding, good, look, shown, together, WAIT_MS } from '#kernel/commands/doctor-finding.ts'

const LONGEST_ANSWER = 10_000
/** Every program that renews certificates has done so long before. */
const FEW_DAYS = 14

export function tls({ settings, clock }: CommandHouse): Promise<Finding> | Finding {
  const origins = settings.origins.filter((origin) => origin.startsWith('https:'))
  if (origins.length === 0) return good(`not asked: ${settings.origins.join(', ')} is without https`)
  return Promise.all(origins.map((origin) => lookAtOrigin(origin, clock()))).then(together)
}

/** @param trusted certificates of authorities to trust instead of the system's */
export async function lookAtOrigin(origin: string, now: Temporal.Instant, trusted?: string): Promise<Finding> {
  const name = new URL(origin).hostname
  let answer: Answer
  try {
    answer = await ask(origin, trusted)
  } catch (error) {
    return unanswered(origin, error as NodeJS.ErrnoException)
  }
  return faultOf(answer, name, now) ?? strangeAnswer(answer, origin) ?? good(`${origin} is our site; its certificate is good for ${daysLeft(answer.certificate, now)} days`)
}

interface Answer {
  status: number
  text: string
  certificate: X509Certificate
  /** Why a browser would turn away; undefined when it would not. */
  distrust: string | undefined
}

/** One page that only this program gives, over a connection whose certificate is judged afterwards, so that the fault can be named. */
function ask(origin: string, trusted: string | undefined): Promise<Answer> {
  const { hostname, port } = new URL(origin)
  const host = hostname.replace(/^\[|\]$/g, '')
  return new Promise((resolve, reject) => {
    const asking = request({
      host, port: port || 443, path: '/.well-known/security.txt', agent: false, rejectUnauthorized: false, servername: isIP(host) ? '' : host,
      signal: AbortSignal.timeout(WAIT_MS), ...(trusted !== undefined && { ca: trusted }),
    }, (answer) => {
      const socket = answer.socket as TLSSocket
      const certificate = socket.getPeerX509Certificate()
      if (!certificate) return reject(new Error('it shows no certificate'))
      const { authorized, authorizationError } = socket
      let text = ''
      answer.setEncoding('utf8').on('error', reject)
      answer.on('data', (part: string) => { if (text.length < LONGEST_ANSWER) text += part })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text, certificate, distrust: authorized ? undefined : String(authorizationError) }))
    })
    asking.on('error', reject)
    asking.end()
  })
}

function unanswered(origin: string, { code, message, name }: NodeJS.ErrnoException): Finding {
  if (code === 'ENOTFOUND') return bad(`${origin} was not asked: its name has no address`, 'see dns above')
  const why = name === 'TimeoutError' || name === 'AbortError' ? `no answer in ${WAIT_MS / 1000} s` : (code ?? shown(message))
  return bad(`${origin} does not answer (${why})`, 'start the web server that ends https (systemctl status caddy), and let ports 80 and 443 through every firewall')
}

function faultOf({ certificate, distrust }: Answer, name: string, now: Temporal.Instant): Finding | undefined {
  const ends = instantOf(certificate.validToDate)
  const renew = 'look why the web server did not renew it: journalctl -u caddy'
  if (Temporal.Instant.compare(ends, now) <= 0) return bad(`the certificate of ${name} ended on ${ends.toString().slice(0, 10)}`, renew)
  if (distrust === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return bad(`the certificate is for ${shown(certificate.subjectAltName ?? certificate.subject)}, not for ${name}`, `let the web server get one for ${name}: the name in its settings must be this one`)
  }
  if (distrust !== undefined) return bad(`browsers do not trust the certificate of ${name} (${shown(distrust)})`, 'let the web server get one from a public authority; Caddy does so by itself once ports 80 and 443 are open')
  const days = daysLeft(certificate, now)
  // A sixth of its life: there are certificates of six days.
  const life = ends.since(instantOf(certificate.validFromDate)).total('hours') / 24
  return days < Math.min(FEW_DAYS, life / 6) ? look(`the certificate of ${name} ends in ${days} days`, renew) : undefined
}

function strangeAnswer({ status, text }: Answer, origin: string): Finding | undefined {
  if (status === 502 || status === 503 || status === 504) return bad(`${origin} answers ${status}: the web server does not reach Altavoz`, 'start it (systemctl start altavoz), and look whether both name the same port')
  if (status === 421) return bad(`${origin} answers 421: the web server does not pass the name on`, 'let it keep the Host header as it is')
  if (status === 200 && text.includes(`/.well-known/security.txt`) && text.includes(`Canonical: `)) return undefined
  return bad(`${origin} is answered by something else than Altavoz (status ${status})`, 'let the web server pass every address of that name on to Altavoz')
}

const instantOf = (date: Date) => Temporal.Instant.fromEpochMilliseconds(date.getTime())
const daysLeft = (certificate: X509Certificate, now: Temporal.Instant) => Math.floor(instantOf(certificate.validToDate).since(now).total('hours') / 24)
