// A control: node:http that does nothing but answer the same bytes under the same headers. What the house cannot pass.
import { createServer } from 'node:http'

const { status, headers, body, port } = JSON.parse(process.argv[2]!) as { status: number; headers: string[]; body: string; port: number }
const bytes = Buffer.from(body, 'base64').toString('latin1')
createServer({ optimizeEmptyRequests: true }, (_req, res) => {
  res.writeHead(status, headers)
  res.end(status === 304 ? undefined : bytes, 'latin1')
}).listen(port, '127.0.0.1', () => console.log('ready'))
