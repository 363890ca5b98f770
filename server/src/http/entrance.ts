import { Injectable, RequestMethod, SetMetadata } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { policy, type Action } from '@palmares/shared/access/policy';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { ACTION } from './allow.js';
import { Patience } from './patience.js';

/** The largest body of a route that anybody may call, and of any other one. */
export const OPEN_BODY_MAX_BYTES = 16_000;
const BODY_MAX_BYTES = 256_000;

/** A larger body takes longer to come over a slow line. */
const LARGE_BODY_MS = 120_000;

const BODY_MAX = 'palmares:body-max';

/** Declares that a route reads a larger body than others do, in bytes of JSON. */
export const TakesUpTo = (bytes: number) => SetMetadata(BODY_MAX, bytes);

/** What a route declares: who may call it, and how long its body may be. */
interface Declared {
  action: Action | undefined;
  bodyMaxBytes: number;
}

type Controller = abstract new (...args: never[]) => object;

const addressOf = (...parts: string[]) =>
  `/${parts.join('/')}`.replaceAll(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '');

function declaredBy(controller: Controller): [name: string, Declared][] {
  const base = String(Reflect.getMetadata('path', controller));
  const prototype = controller.prototype as Record<string, unknown>;
  return Object.getOwnPropertyNames(prototype).flatMap((member) => {
    const handler = prototype[member];
    const path: unknown = typeof handler === 'function' && Reflect.getMetadata('path', handler);
    if (typeof handler !== 'function' || !path) return [];
    const of = (key: string): unknown =>
      Reflect.getMetadata(key, handler) ?? Reflect.getMetadata(key, controller);
    const action = of(ACTION) as Action | undefined;
    const open = action !== undefined && policy[action].others === 'public';
    const usual = open ? OPEN_BODY_MAX_BYTES : BODY_MAX_BYTES;
    const declared = { action, bodyMaxBytes: (of(BODY_MAX) as number | undefined) ?? usual };
    const method = RequestMethod[Reflect.getMetadata('method', handler) as number];
    const paths = [path].flat() as string[];
    return paths.map((one) => [`${method} ${addressOf(base, one)}`, declared]);
  });
}

/**
 * What stands before the body of a request: whoever may not call a route is told so before anything
 * of the body is read, and a body is read up to what its route declares.
 */
@Injectable()
export class Entrance {
  private admit:
    ((action: Action | undefined, request: FastifyRequest) => Promise<void>) | undefined;

  constructor(
    private readonly modules: ModulesContainer,
    private readonly patience: Patience,
  ) {}

  /** @param admit throws a problem for a caller whom the route does not let in */
  admitBy(admit: (action: Action | undefined, request: FastifyRequest) => Promise<void>): void {
    this.admit = admit;
  }

  /** To be called before the routes are made. */
  observe(fastify: FastifyInstance): void {
    const controllers = [...this.modules.values()].flatMap((module) => [
      ...module.controllers.values(),
    ]);
    const declared = new Map(
      controllers.flatMap(({ metatype }) =>
        typeof metatype === 'function' ? declaredBy(metatype as Controller) : [],
      ),
    );
    fastify.addHook('onRoute', (route) => {
      // Routes for HEAD are made of those for GET, with all that these have.
      const one = declared.get(`${String(route.method)} ${route.url}`);
      if (one) this.guard(route, one);
    });
  }

  private guard(route: RouteOptions, { action, bodyMaxBytes }: Declared): void {
    route.bodyLimit = bodyMaxBytes;
    const isLarge = bodyMaxBytes > BODY_MAX_BYTES;
    const enter = async (request: FastifyRequest) => {
      if (isLarge) this.patience.extend(request.raw, LARGE_BODY_MS);
      await this.admit?.(action, request);
    };
    route.onRequest = [route.onRequest ?? [], enter].flat();
  }
}
