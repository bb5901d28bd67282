import type { House } from '#kernel/house.ts'

/** Numbers about the process, in Prometheus's text format. Nothing in it comes from a reader. */
export function writeMeters({ pages, db }: Pick<House, 'pages' | 'db'>): string {
  const memory = process.memoryUsage()
  const meters: [string, 'counter' | 'gauge', number][] = [
    ['altavoz_page_hits_total', 'counter', pages.counts.hits],
    ['altavoz_page_renders_total', 'counter', pages.counts.renders],
    ['altavoz_page_joined_total', 'counter', pages.counts.joined],
    ['altavoz_page_drops_total', 'counter', pages.counts.dropped],
    ['altavoz_page_refused_stores_total', 'counter', pages.counts.refusedStores],
    ['altavoz_pages_kept', 'gauge', pages.store.size],
    ['altavoz_pages_bytes', 'gauge', pages.store.bytes],
    ['altavoz_pages_hearing', 'gauge', Number(pages.isHearing)],
    ['altavoz_renders_inside', 'gauge', pages.gate.inside],
    ['altavoz_renders_waiting', 'gauge', pages.gate.waiting],
    ['altavoz_database_up', 'gauge', Number(db.isUp())],
    ['process_resident_memory_bytes', 'gauge', memory.rss],
    ['nodejs_heap_used_bytes', 'gauge', memory.heapUsed],
    ['process_uptime_seconds', 'gauge', Math.round(process.uptime())],
  ]
  return meters.map(([name, kind, value]) => `# TYPE ${name} ${kind}\n${name} ${value}\n`).join('')
}
