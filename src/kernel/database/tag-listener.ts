import { HouseClient } from '#kernel/database/house-client.ts'

const CHANNEL = 'altavoz_tags'
const BACK_AFTER_MS = 250
const ASK_EVERY_MS = 2000

export interface TagHearing {
  onTags(tags: string[]): void
  /** What is announced from now on is not heard: whoever keeps pages must empty and stop keeping. */
  onLost(): void
  /** Everything announced from now on is heard again. Also called the first time; until then it counts as lost. */
  onBack(): void
}

/**
 * Hears which tags other nodes' acts (and `bin/altavoz`) changed, on a connection of its own.
 * @param directUrl an address without a pooler between: LISTEN belongs to a session
 */
export function listenForTags(directUrl: string, hearing: TagHearing): { close(): Promise<void> } {
  let closed = false
  let current: HouseClient | undefined
  let timer: NodeJS.Timeout | undefined

  async function listen() {
    const client = new HouseClient({
      connectionString: directUrl, application_name: 'altavoz listen', keepAlive: true,
      connectionTimeoutMillis: 3000, query_timeout: ASK_EVERY_MS,
    })
    let heard = false
    let gone = false
    const lose = () => {
      if (gone) return
      gone = true
      clearInterval(asking)
      if (heard && !closed) hearing.onLost()
      void client.end().catch(() => {})
      if (!closed) timer = setTimeout(() => void listen(), BACK_AFTER_MS)
    }
    // A line that is cut without a word (a cable, a firewall) is noticed only by asking.
    const asking = setInterval(() => {
      if (heard) client.query('select 1').catch(lose)
    }, ASK_EVERY_MS)
    client.on('error', lose)
    client.on('end', lose)
    client.on('notification', (message) => hearing.onTags((message.payload ?? '*').split(' ')))
    current = client
    try {
      await client.connect()
      await client.query(`listen ${CHANNEL}`)
    } catch {
      return lose()
    }
    if (gone || closed) return
    heard = true
    hearing.onBack()
  }

  void listen()
  return {
    async close() {
      closed = true
      clearTimeout(timer)
      await current?.end().catch(() => {})
    },
  }
}
