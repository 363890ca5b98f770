import { RequestMethod, type INestApplication } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { ACCESS } from '@palmares/server/http/open';

export interface Route {
  /** `GET /api/challenges/:id` */
  name: string;
  /** What it declares of its callers; undefined when it says nothing. */
  access: unknown;
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
    const access: unknown =
      Reflect.getMetadata(ACCESS, handler) ?? Reflect.getMetadata(ACCESS, controller);
    const around = [controller, handler].flatMap(
      (place) => (Reflect.getMetadata(INTERCEPTORS, place) as { name: string }[] | undefined) ?? [],
    );
    const paths = [path].flat() as string[];
    return paths.map((one) => {
      return { name: `${method} ${clean(`${base}/${one}`)}`, access, around: namesOf(around) };
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
