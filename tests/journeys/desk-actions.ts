// Everything at the desk that changes something, read from the sources of its routes.
import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { addressOf, FOLDER, listRouteFiles } from './desk-routes.ts'

/** As a form names them: `/desk/people/{id}?/give`, or the bare address where a page has but one act. */
export function listActs(): string[] {
  return listRouteFiles().flatMap((path) => {
    const text = () => readFileSync(`${FOLDER}/${path}`, 'utf8')
    if (path.endsWith('+page.server.ts')) return actionsIn(text()).map((name) => addressOf(path) + (name === 'default' ? '' : `?/${name}`))
    return path.endsWith('+server.ts') && /export (const|(async )?function) (POST|PUT|PATCH|DELETE|fallback)\b/.test(text()) ? [addressOf(path)] : []
  }).sort()
}

/** @throws when the acts of a page are written in a way in which one could be overlooked here */
export function actionsIn(source: string): string[] {
  const file = ts.createSourceFile('page.ts', source, ts.ScriptTarget.Latest, true)
  const declared = file.statements.filter(ts.isVariableStatement).flatMap(({ declarationList }) => [...declarationList.declarations])
    .find(({ name }) => name.getText() === 'actions')
  if (!declared) {
    if (/export\b[^\n]*\bactions\b/.test(source)) throw new Error('the acts of a page are to stand in `export const actions = { … }`')
    return []
  }
  let value = declared.initializer
  while (value && (ts.isSatisfiesExpression(value) || ts.isAsExpression(value) || ts.isParenthesizedExpression(value))) value = value.expression
  if (!value || !ts.isObjectLiteralExpression(value)) throw new Error('the acts of a page are to be written out')
  return value.properties.map((property) => {
    if (!property.name || !(ts.isIdentifier(property.name) || ts.isStringLiteral(property.name))) throw new Error(`an act without a plain name: ${property.getText()}`)
    return property.name.text
  })
}
