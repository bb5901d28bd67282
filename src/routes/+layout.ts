// No public page carries a script; the desk will switch it on for itself.
export const csr = false
export const prerender = false
