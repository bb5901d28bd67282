/** What stands in a form's field; '' when it is missing, too long, or a file. */
export function typed(form: FormData, name: string, longest = 2000): string {
  const value = form.get(name)
  return typeof value === 'string' && value.length <= longest ? value : ''
}
