import { ModulesContainer } from '@nestjs/core';
import type { INestApplication } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ACCESS } from './open.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Responses = NonNullable<NonNullable<OpenAPIObject['components']>['responses']>;

/** What a route may declare of its callers, as far as a reader of the document is told. */
interface Declared {
  public?: true;
  scope?: string | readonly string[];
  roles?: readonly string[];
  boardLink?: true;
  person?: true;
  operator?: true;
}

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

/** Every way in which a request may be answered but as it should be. */
export const problemResponses: Responses = {
  Malformed: problem('The body cannot be read'),
  Unauthenticated: problem('Nobody is known by this key, link or cookie'),
  Forbidden: problem('Not for this caller, or not from our own page'),
  NotFound: problem('Not there, or of another organisation'),
  Invalid: problem('Something of the request is wrong: `errors` says where'),
  Problem: problem('Any other problem: `code` says which'),
};

const refer = (name: string) => ({ $ref: `#/components/responses/${name}` });

/** What each operation declares, by the id that the document gives it. */
export function declarations(app: INestApplication): Map<string, Declared> {
  const found = new Map<string, Declared>();
  for (const { controllers } of app.get(ModulesContainer).values()) {
    for (const { metatype } of controllers.values()) {
      if (typeof metatype !== 'function') continue;
      const prototype = metatype.prototype as Record<string, unknown>;
      for (const method of Object.getOwnPropertyNames(prototype)) {
        const handler = prototype[method];
        if (typeof handler !== 'function') continue;
        const access = [handler, metatype].map((on): unknown => Reflect.getMetadata(ACCESS, on));
        found.set(`${metatype.name}_${method}`, (access[0] ?? access[1] ?? {}) as Declared);
      }
    }
  }
  return found;
}

/** Who may call: a key with one of these scopes, a link, somebody signed in with one of these roles. */
function security({ public: open, scope, roles, ...more }: Declared): Operation['security'] {
  if (open) return [];
  const scopes = scope === undefined ? [] : [...new Set([scope, 'admin'].flat())];
  const signedIn = roles !== undefined || more.person || more.operator;
  return [
    ...(scopes.length > 0 || more.boardLink ? [{ bearer: scopes }] : []),
    ...(signedIn ? [{ cookie: [...(roles ?? [])] }] : []),
  ];
}

function responses(operation: Operation, declared: Declared): Operation['responses'] {
  const parameters = operation.parameters ?? [];
  const named = parameters.some((one) => 'in' in one && one.in === 'path');
  const said = parameters.some((one) => 'in' in one && one.in !== 'path');
  const { requestBody } = operation;
  return {
    ...operation.responses,
    ...(requestBody ? { 400: refer('Malformed') } : {}),
    ...(declared.public ? {} : { 401: refer('Unauthenticated'), 403: refer('Forbidden') }),
    ...(named ? { 404: refer('NotFound') } : {}),
    ...(requestBody || said ? { 422: refer('Invalid') } : {}),
    default: refer('Problem'),
  };
}

/** Says of every operation who may call it, and what else it may answer. */
export function tellProblems(document: OpenAPIObject, declared: Map<string, Declared>): void {
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path) as Operation[]) {
      const access = declared.get(operation.operationId ?? '') ?? {};
      operation.security = security(access);
      operation.responses = responses(operation, access);
    }
  }
}
