import { type DocumentNode, type FieldNode, Kind, type OperationDefinitionNode, parse, print } from 'graphql';
import { type Json, type JsonObject, isObject } from '../graph/json';

/** The variable that carries the cursor of the next page. */
export const CURSOR_VARIABLE = 'after';

/** A connection of an operation that can be read page after page. */
export interface PagedConnection {
  /** Response names from the root to the connection. */
  path: string[];
  /** The operation, with pageInfo added to the connection where it did not ask for it. */
  query: string;
}

/** Where a page ends, and whether another one follows. */
export interface PageInfo {
  hasNextPage: boolean;
  endCursor: string | null;
}

/** Whether a document has an operation of this name. */
export function hasOperation(query: string, name: string): boolean {
  try {
    return parse(query).definitions.some((definition) => definition.kind === Kind.OPERATION_DEFINITION && definition.name?.value === name);
  } catch {
    return false;
  }
}

/**
 * The connection of an operation whose `after` argument is the variable $after; null if there is none. Only a connection
 * that is reached through single records has one next page, so fragments and lists on the way are not searched.
 */
export function pagedConnection(query: string, operationName: string | null): PagedConnection | null {
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch {
    return null;
  }
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const operation = operationName === null ? operations[0] : operations.find((candidate) => candidate.name?.value === operationName);
  if (!operation?.variableDefinitions?.some((definition) => definition.variable.name.value === CURSOR_VARIABLE)) return null;
  const found = findConnection(operation, []);
  if (!found) return null;
  const paged: OperationDefinitionNode = { ...operation, selectionSet: found.node.selectionSet ?? operation.selectionSet };
  const definitions = document.definitions.map((definition) => (definition === operation ? paged : definition));
  return { path: found.path, query: print({ ...document, definitions }) };
}

interface Found<Node> {
  path: string[];
  node: Node;
}

/** Walks down to the connection and returns a copy of the way to it, the connection asking for its pageInfo. */
function findConnection<Node extends FieldNode | OperationDefinitionNode>(node: Node, path: string[]): Found<Node> | null {
  for (const selection of node.selectionSet?.selections ?? []) {
    if (selection.kind !== Kind.FIELD) continue;
    const here = [...path, selection.alias?.value ?? selection.name.value];
    const found = followsCursor(selection) ? { path: here, node: withPageInfo(selection) } : findConnection(selection, here);
    if (!found || !node.selectionSet) continue;
    const selections = node.selectionSet.selections.map((member) => (member === selection ? found.node : member));
    return { path: found.path, node: { ...node, selectionSet: { ...node.selectionSet, selections } } };
  }
  return null;
}

function followsCursor(field: FieldNode): boolean {
  return (field.arguments ?? []).some(
    (argument) =>
      argument.name.value === 'after' && argument.value.kind === Kind.VARIABLE && argument.value.name.value === CURSOR_VARIABLE,
  );
}

function withPageInfo(connection: FieldNode): FieldNode {
  const wanted = parse('{ pageInfo { hasNextPage endCursor } }').definitions[0];
  if (wanted?.kind !== Kind.OPERATION_DEFINITION || !connection.selectionSet) return connection;
  // Equal selections merge, so asking twice does no harm.
  const selections = [...connection.selectionSet.selections, ...wanted.selectionSet.selections];
  return { ...connection, selectionSet: { ...connection.selectionSet, selections } };
}

/** The pageInfo of the connection at this path in the data of an answer; null if it is not there. */
export function pageInfoAt(data: Json, path: readonly string[]): PageInfo | null {
  const info = connectionAt(data, path)?.['pageInfo'];
  if (!isObject(info)) return null;
  const { hasNextPage, endCursor } = info;
  if (typeof hasNextPage !== 'boolean') return null;
  return { hasNextPage, endCursor: typeof endCursor === 'string' ? endCursor : null };
}

/** The totalCount of the connection at this path; null if the operation did not ask for it. */
export function totalCountAt(data: Json, path: readonly string[]): number | null {
  const count = connectionAt(data, path)?.['totalCount'];
  return typeof count === 'number' ? count : null;
}

function connectionAt(data: Json, path: readonly string[]): JsonObject | null {
  let value: Json | undefined = data;
  for (const name of path) value = isObject(value) ? value[name] : undefined;
  return isObject(value) ? value : null;
}
