import { TooBusy } from '#kernel/page-cache/gate.ts'
import type { PrintJob } from '#kernel/print/job.ts'

/** What a document of a text is answered with: the bytes from the press, to be shown in place. */
export function printed(locals: App.Locals, job: PrintJob, slug: string): Promise<Response> {
  const [type, ending] = job.output === 'pdf' ? ['application/pdf', 'pdf'] : ['image/png', 'png']
  return made(locals, { type, name: `${slug}.${ending}`, place: 'inline' }, async () => (await locals.house.press.print(job)).bytes)
}

/** What takes the press to make: where too many wait for it, one is to come again. */
export async function made(
  { house, lang }: App.Locals, { type, name, place }: { type: string; name: string; place: 'inline' | 'attachment' }, make: () => Promise<Uint8Array>,
): Promise<Response> {
  const site = await house.site.get()
  try {
    return new Response(await make() as Uint8Array<ArrayBuffer>, {
      headers: {
        'content-type': type, 'content-language': lang,
        // A slug of another script is no header's letter as it is (RFC 8187).
        'content-disposition': `${place}; filename*=UTF-8''${encodeURIComponent(name)}`,
        ...(!site.openedAt && { 'x-robots-tag': 'noindex' }),
      },
    })
  } catch (failure) {
    if (failure instanceof TooBusy) return new Response(null, { status: 503, headers: { 'retry-after': '3' } })
    throw failure
  }
}
