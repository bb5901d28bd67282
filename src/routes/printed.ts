import { TooBusy } from '#kernel/page-cache/gate.ts'
import type { PrintJob } from '#kernel/print/job.ts'

/** What a document of a text is answered with: the bytes from the press, to be shown in place. */
export async function printed(locals: App.Locals, job: PrintJob, slug: string): Promise<Response> {
  const { house } = locals
  const site = await house.site.get()
  const [type, ending] = job.output === 'pdf' ? ['application/pdf', 'pdf'] : ['image/png', 'png']
  try {
    const { bytes } = await house.press.print(job)
    return new Response(bytes as Uint8Array<ArrayBuffer>, {
      headers: {
        'content-type': type, 'content-language': locals.lang,
        // A slug of another script is no header's letter as it is (RFC 8187).
        'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(`${slug}.${ending}`)}`,
        ...(!site.openedAt && { 'x-robots-tag': 'noindex' }),
      },
    })
  } catch (failure) {
    if (failure instanceof TooBusy) return new Response(null, { status: 503, headers: { 'retry-after': '3' } })
    throw failure
  }
}
