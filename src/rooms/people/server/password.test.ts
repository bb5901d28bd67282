import { randomBytes } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hashPassword, isPassword, NO_PASSWORD_HASH, obstacleToPassword } from '#rooms/people/server/password.ts'

const PASSWORD = 'cuatro lunas sobre el río Ñacunday'
const HEAD = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/

describe('hashing', () => {
  test('the right password opens and no other does', async () => {
    const kept = await hashPassword(PASSWORD)
    expect(await isPassword(kept, PASSWORD)).toBe(true)
    for (const other of ['', PASSWORD.slice(1), `${PASSWORD} `, PASSWORD.toLowerCase()]) expect(await isPassword(kept, other)).toBe(false)
  })

  test('the hash tells its cost, holds no password, and never comes twice', async () => {
    const [one, other] = [await hashPassword(PASSWORD), await hashPassword(PASSWORD)]
    expect([one, other]).toEqual([expect.stringMatching(HEAD), expect.stringMatching(HEAD)])
    expect(one).not.toBe(other)
  })

  test('another keyboard gives the same password', async () => {
    const kept = await hashPassword('Peña Ñandutí 42')
    expect(await isPassword(kept, 'Peña Ñandutí 42'.normalize('NFD'))).toBe(true)
    expect(await isPassword(kept, 'Ｐeña Ñandutí ４２')).toBe(true)
    expect(await isPassword(kept, 'Pena Nanduti 42')).toBe(false)
  })

  test('a hash of an older, cheaper or dearer setting still opens', async () => {
    for (const cost of [{ memoryCost: 8192, timeCost: 3, parallelism: 1 }, { memoryCost: 32_768, timeCost: 1, parallelism: 2 }]) {
      const kept = await hash(PASSWORD, { algorithm: 2, ...cost })
      expect(kept).toContain(`m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}`)
      expect([await isPassword(kept, PASSWORD), await isPassword(kept, `${PASSWORD}!`)]).toEqual([true, false])
    }
  })

  test('the end of a long password counts, and what is too long is never cut', async () => {
    const longest = 'ñ'.repeat(200)
    const kept = await hashPassword(longest.normalize('NFD'))
    expect(await isPassword(kept, longest)).toBe(true)
    expect(await isPassword(kept, `${longest.slice(1)}n`)).toBe(false)
    expect(await isPassword(kept, `${longest}ñ`)).toBe(false)
    await expect(hashPassword(`${longest}ñ`)).rejects.toThrow('too long')
  })

  test('who does not exist costs the same work as a wrong password', async () => {
    // The head is what verifying does: this memory, so many passes, a digest as long.
    expect(NO_PASSWORD_HASH).toMatch(HEAD)
    expect(await isPassword(NO_PASSWORD_HASH, PASSWORD)).toBe(false)
    expect(await isPassword(NO_PASSWORD_HASH, '')).toBe(false)
  })

  test('what is no hash is an error and not a wrong password', async () => {
    await expect(isPassword('', PASSWORD)).rejects.toThrow()
  })
})

describe('what may become a password', () => {
  const about = ['María José López', 'Red de Trabajadoras del Sol', 'mj.lopez@sol.example']

  test('ten characters to two hundred, counted as people count', () => {
    expect(obstacleToPassword('xk3 vq9 w', [])).toBe('too-short')
    expect(obstacleToPassword('xk3 vq9 wz', [])).toBeUndefined()
    expect(obstacleToPassword('ñandutíñé'.normalize('NFD'), [])).toBe('too-short')
    expect(obstacleToPassword('🌙🌊🌵🌽🌶🍋🦜🐚🪗', [])).toBe('too-short')
    const long = 'tres gatos y una luna '.repeat(10)
    expect(obstacleToPassword(long.slice(0, 200), [])).toBeUndefined()
    expect(obstacleToPassword(long.slice(0, 201), [])).toBe('too-long')
    expect(obstacleToPassword('ﷺ'.repeat(12), [])).toBe('too-long') // 18 characters each
    expect(obstacleToPassword('x'.repeat(50_000_000), [])).toBe('too-long')
  })

  test.each(['qwertyuiop', 'Password1234', 'ILOVEYOU123', 'teamomucho', 'ｑｗｅｒｔｙｕｉｏｐ', 'QwertyUiop'])('%s is too common', (password) => {
    expect(obstacleToPassword(password, [])).toBe('too-common')
  })

  test.each(['contraseña', 'Contrasena2026', 'motdepasse1234', 'Mot de passe 1!', 'SENHA-senha-senha', 'modpas0509', 'altavoz-altavoz', 'clave.12.05.1990'])(
    '%s is the first thing that is tried here',
    (password) => expect(obstacleToPassword(password.normalize('NFD'), [])).toBe('too-common'),
  )

  test.each(['maria lopez', 'MaríaJosé1990', 'lopez12051990', 'López-López!!', 'Trabajadoras', 'sol.red.sol.red', 'redtrabajadorassol1', 'RedDeTrabajadorasDelSol7', 'mj.lopez@sol.example'])(
    '%s says hardly more than who chose it',
    (password) => expect(obstacleToPassword(password, about)).toBe('about-you'),
  )

  test('a sentence may hold a name, and short words like “de” count for nothing', () => {
    for (const good of ['María come mangos verdes', 'el sol de febrero quema', 'ende vaderde lindeo', 'lopez-x9w2kfq7'])
      expect(obstacleToPassword(good, about)).toBeUndefined()
  })

  test('ten thousand random passwords are all good', () => {
    for (let n = 0; n < 10_000; n++) {
      const password = randomBytes(9).toString('base64url')
      expect(obstacleToPassword(password, []), password).toBeUndefined()
    }
  })

  test('every text has an answer', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.array(fc.string({ unit: 'grapheme' })), (password, known) => {
      expect([undefined, 'too-short', 'too-long', 'too-common', 'about-you']).toContain(obstacleToPassword(password, known))
    }))
  })
})
