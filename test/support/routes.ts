import { RequestMethod, type INestApplication } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { Action } from '@palmares/shared/access/policy';
import { ACTION } from '@palmares/server/http/allow';

export interface Route {
  /** `GET /api/challenges/:id` */
  name: string;
  /** The action of the policy that it is; undefined when it says nothing. */
  action: Action | undefined;
  /** Names of what stands around it. */
  around: string[];
}

/** Where the framework keeps them. */
const INTERCEPTORS = '__interceptors__';

const namesOf = (classes: readonly { name: string }[]) => classes.map(({ name }) => name);

const clean = (path: string) => `/${path}`.replaceAll(/\/+/g, '/').replace(/(?<=.)\/$/, '');

function routesOf(controller: abstract new (...args: never[]) => object): Route[] {
  const base = String(Reflect.getMetadata('path', controller));
  const prototype = controller.prototype as Record<string, unknown>;
  const members = Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor');
  return members.flatMap((member) => {
    const handler = prototype[member] as object;
    const path: unknown = Reflect.getMetadata('path', handler);
    if (path === undefined) return [];
    const method = RequestMethod[Reflect.getMetadata('method', handler) as number];
    const said: unknown =
      Reflect.getMetadata(ACTION, handler) ?? Reflect.getMetadata(ACTION, controller);
    const action = said as Action | undefined;
    const around = [controller, handler].flatMap(
      (place) => (Reflect.getMetadata(INTERCEPTORS, place) as { name: string }[] | undefined) ?? [],
    );
    const paths = [path].flat() as string[];
    return paths.map((one) => {
      return { name: `${method} ${clean(`${base}/${one}`)}`, action, around: namesOf(around) };
    });
  });
}

/** Every route that a controller of the application serves. */
export function routes(app: INestApplication): Route[] {
  return [...app.get(ModulesContainer).values()].flatMap(({ controllers }) =>
    [...controllers.values()].flatMap(({ metatype }) =>
      typeof metatype === 'function' ? routesOf(metatype as never) : [],
    ),
  );
}
