import { ModulesContainer } from '@nestjs/core';
import type { INestApplication } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { policy, type Action } from '@palmares/shared/access/policy';
import { ACTION } from './allow.js';
import { tellAccess, type Operation } from './openapi-access.js';

type Responses = NonNullable<NonNullable<OpenAPIObject['components']>['responses']>;

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

/** The action of each operation, by the id that the document gives it. */
export function declarations(app: INestApplication): Map<string, Action> {
  const found = new Map<string, Action>();
  for (const { controllers } of app.get(ModulesContainer).values()) {
    for (const { metatype } of controllers.values()) {
      if (typeof metatype !== 'function') continue;
      const prototype = metatype.prototype as Record<string, unknown>;
      for (const method of Object.getOwnPropertyNames(prototype)) {
        const handler = prototype[method];
        if (typeof handler !== 'function') continue;
        const said = [handler, metatype].map((on): unknown => Reflect.getMetadata(ACTION, on));
        const action = said[0] ?? said[1];
        if (action) found.set(`${metatype.name}_${method}`, action as Action);
      }
    }
  }
  return found;
}

function responses(operation: Operation, open: boolean): Operation['responses'] {
  const parameters = operation.parameters ?? [];
  const named = parameters.some((one) => 'in' in one && one.in === 'path');
  const said = parameters.some((one) => 'in' in one && one.in !== 'path');
  const { requestBody } = operation;
  return {
    ...operation.responses,
    ...(requestBody ? { 400: refer('Malformed') } : {}),
    ...(open ? {} : { 401: refer('Unauthenticated'), 403: refer('Forbidden') }),
    ...(named ? { 404: refer('NotFound') } : {}),
    ...(requestBody || said ? { 422: refer('Invalid') } : {}),
    default: refer('Problem'),
  };
}

/** Says of every operation who may call it, by the policy, and what else it may answer. */
export function tellProblems(document: OpenAPIObject, declared: Map<string, Action>): void {
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path) as Operation[]) {
      const action = declared.get(operation.operationId ?? '');
      if (action) tellAccess(operation, action);
      const open = action !== undefined && policy[action].others === 'public';
      operation.responses = responses(operation, open);
    }
  }
}
