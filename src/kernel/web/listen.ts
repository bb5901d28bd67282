import { createServer, type RequestListener, type Server } from 'node:http'

const KEEP_ALIVE_MS = 65_000 // longer than the proxies before us wait, so that they and not we end a connection

export interface Listening {
  /** Finishes what is under way and closes; what takes longer than `withinMs` is cut off. */
  close(withinMs: number): Promise<void>
}

/** Listens on several addresses at once. A machine without IPv6 still answers on the others. */
export async function listen(hosts: readonly string[], port: number, answer: RequestListener): Promise<Listening> {
  const servers: Server[] = []
  for (const host of hosts) {
    const server = createServer(
      // A request without a body needs no stream of one.
      { keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: 30_000, headersTimeout: 15_000, optimizeEmptyRequests: true }, answer)
    // Broken requests are answered with the bare status and the line is closed; they are no event worth a log line.
    server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
      if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy()
      const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request'
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
    })
    try {
      await bind(server, host, port)
      servers.push(server)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      const isLacking = code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT'
      if (isLacking && servers.length > 0) continue
      await Promise.all(servers.map((other) => close(other, 0)))
      throw error
    }
  }
  return { close: async (withinMs) => void (await Promise.all(servers.map((server) => close(server, withinMs)))) }
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((done, failed) => {
    server.once('error', failed)
    server.listen({ host, port }, () => {
      server.off('error', failed)
      done()
    })
  })
}

function close(server: Server, withinMs: number): Promise<void> {
  return new Promise((done) => {
    const cut = setTimeout(() => server.closeAllConnections(), withinMs)
    server.close(() => {
      clearTimeout(cut)
      done()
    })
    server.closeIdleConnections()
  })
}
