import { error } from '@sveltejs/kit'

/** What a page's form sent. Kit also lets `text/plain` through to an action, and anything to a route that is no page. */
export async function formOf(request: Request): Promise<FormData> {
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(request.headers.get('content-type') ?? '')) error(415)
  const form = await request.formData()
  // A field is looked for one by one: thousands of them would cost the square of their number, and no form of ours has them.
  let fields = 0
  for (const _ of form.keys()) if (++fields > MOST_FIELDS) error(413)
  return form
}

const MOST_FIELDS = 3000

/** What stands in a form's field; '' when it is missing, too long, a file, or nothing that a database can hold. */
export function typed(form: FormData, name: string, longest = 2000): string {
  const value = form.get(name)
  return typeof value === 'string' && value.length <= longest && !value.includes('\0') ? value : ''
}
