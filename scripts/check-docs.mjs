// Every exported symbol of core says what it is: shapes, units, errors, source. Types inferred from a schema and the schema
// itself share one comment, and so do a constant list and the type of its members.
import ts from 'typescript'
import { filesOf, isTest, parseSource } from './check-files.mjs'

const hasDoc = (node) => ts.getJSDocCommentsAndTags(node).length > 0

const isExported = (node) =>
  ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((each) => each.kind === ts.SyntaxKind.ExportKeyword)

/** `z.infer<typeof x>`, `typeof X`, `(typeof X)[number]`, `keyof typeof X`: the comment stands at x. */
function isDerivedType(node) {
  return ts.isTypeAliasDeclaration(node) && /\btypeof\b|\bz\.(infer|input|output)\b|^RecordOf</.test(node.type.getText())
}

/** A schema made of documented parts is named after what it describes; its type carries the comment or the other way round. */
const isSchema = (declaration) => declaration.name.getText().endsWith('Schema')

function namesWithoutDoc(statement) {
  if (!isExported(statement) || hasDoc(statement)) return []
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.filter((each) => !hasDoc(each) && !isSchema(each)).map((each) => each.name.getText())
  }
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  return isNamed && !isDerivedType(statement) && statement.name ? [statement.name.text] : []
}

export function checkCoreDocs() {
  return filesOf(['core'], /\.ts$/)
    .filter((file) => !isTest(file))
    .flatMap((file) => {
      const source = parseSource(file)
      return source.statements.flatMap((statement) =>
        namesWithoutDoc(statement).map((name) => {
          const line = source.getLineAndCharacterOfPosition(statement.getStart(source)).line + 1
          return `${file}:${line}: ${name} has no comment (/** … */).`
        }),
      )
    })
}
