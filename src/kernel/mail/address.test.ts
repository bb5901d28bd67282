import { expect, test } from 'vitest'
import { addressIn } from '#kernel/mail/address.ts'

test.each(['luz@example.org', ' luz.perez+desk@correo.example.com '])('%j is an address', (typed) => {
  expect(addressIn(typed)).toBe(typed.trim())
})

test.each(['', 'luz', 'luz@example', 'luz@example.org\r\nBcc: x@example.org', 'luz@example.org, x@example.org', 'Luz <luz@example.org>', '-oX@example.org', 'a..b@example.org', `${'a'.repeat(65)}@example.org`, 'luz@[127.0.0.1]'])('%j is none', (typed) => {
  expect(addressIn(typed)).toBeUndefined()
})
