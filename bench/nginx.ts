// nginx with one worker, serving the same bytes under the same headers from memory (open_file_cache, sendfile).
import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { get, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { freePort } from '#kernel/testing/free-port.ts'
import { sleep } from './house.ts'

export interface Nginx {
  origin: string
  workerPid: number
  /** nginx names its files by time and length, so its validator is its own. */
  etag: string
  stop(): Promise<void>
}

const LEFT_TO_NGINX = ['content-length', 'date', 'connection', 'keep-alive', 'server', 'etag', 'content-type', 'last-modified']

export async function startNginx(page: { body: Buffer; headers: Record<string, string> }): Promise<Nginx> {
  const folder = await mkdtemp('/var/tmp/altavoz-nginx-')
  await chmod(folder, 0o755)
  writeFileSync(join(folder, 'page'), page.body)
  const port = await freePort()
  const added = Object.entries(page.headers).filter(([name]) => !LEFT_TO_NGINX.includes(name))
    .map(([name, value]) => `add_header ${name} ${JSON.stringify(value)} always;`)
  writeFileSync(join(folder, 'nginx.conf'), `
daemon off; worker_processes 1; pid ${folder}/pid; error_log stderr crit;
events { worker_connections 1024; }
http {
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; server_tokens off;
  open_file_cache max=10 inactive=600s; open_file_cache_valid 600s; etag on;
  server {
    listen 127.0.0.1:${port}; root ${folder};
    location / { default_type "${page.headers['content-type']}"; try_files /page =404; ${added.join(' ')} }
  }
}`)
  const child = spawn('nginx', ['-c', join(folder, 'nginx.conf'), '-p', folder], { stdio: ['ignore', 'inherit', 'inherit'] })
  await sleep(400)
  const workerPid = Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ')[0])
  const origin = `http://127.0.0.1:${port}`
  const { headers, body } = await fetchRaw(`${origin}/`)
  if (!body.equals(page.body)) throw new Error('nginx serves other bytes')
  return {
    origin, workerPid, etag: headers.etag!,
    stop: async () => {
      child.kill('SIGTERM')
      await new Promise((done) => child.once('exit', done))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The bytes as they travel: fetch would decode them. */
export function fetchRaw(url: string, headers: Record<string, string> = {}): Promise<{ status: number; headers: Record<string, string>; body: Buffer }> {
  return new Promise((done, failed) => {
    get(url, { headers }, (answer: IncomingMessage) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => done({ status: answer.statusCode!, headers: answer.headers as Record<string, string>, body: Buffer.concat(parts) }))
    }).once('error', failed)
  })
}
