import { error } from '@sveltejs/kit'

/** What a page's form sent. Kit also lets `text/plain` through to an action, which no form of ours sends. */
export async function formOf(request: Request): Promise<FormData> {
  if (/^text\/plain\b/i.test(request.headers.get('content-type') ?? '')) error(415)
  return request.formData()
}

/** What stands in a form's field; '' when it is missing, too long, a file, or nothing that a database can hold. */
export function typed(form: FormData, name: string, longest = 2000): string {
  const value = form.get(name)
  return typeof value === 'string' && value.length <= longest && !value.includes('\0') ? value : ''
}
