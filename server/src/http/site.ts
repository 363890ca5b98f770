import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { BlockList, isIPv4, isIPv6 } from 'node:net';
import proxyAddress from '@fastify/proxy-addr';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from '../platform/config.js';
import { CONFIG, LOGGER } from '../platform/platform.module.js';

export const FORWARDED = ['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host'] as const;
const SAME = ['same-origin', 'none'];

/** Where proxies stand, and browsers of strangers do not. */
const inside = new BlockList();
inside.addSubnet('127.0.0.0', 8);
inside.addSubnet('10.0.0.0', 8);
inside.addSubnet('172.16.0.0', 12);
inside.addSubnet('192.168.0.0', 16);
inside.addSubnet('169.254.0.0', 16);
inside.addAddress('::1', 'ipv6');
inside.addSubnet('fc00::', 7, 'ipv6');
inside.addSubnet('fe80::', 10, 'ipv6');

const plain = (address: string) => address.replace(/^::ffff:(?=[\d.]+$)/i, '');

function isInside(address: string): boolean {
  return isIPv4(address) ? inside.check(address) : isIPv6(address) && inside.check(address, 'ipv6');
}

/** The last one: that which the nearest proxy wrote. */
const lastOf = (header: string | string[] | undefined) =>
  header === undefined ? undefined : String(header).split(',').at(-1)?.trim();

/** How browsers reach this server: under which address, over TLS or not, by which proxies. */
@Injectable()
export class Site {
  private readonly trusts: (address: string, hop: number) => boolean;
  private readonly publicUrl: string | undefined;
  private warned = false;

  constructor(
    @Inject(CONFIG) { trustProxy, publicUrl }: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.trusts = proxyAddress.compile(trustProxy.split(',').map((one) => one.trim()));
    this.publicUrl = publicUrl;
  }

  /** Whether the browser speaks TLS: as `PUBLIC_URL` says, else as a trusted proxy or the wire. */
  isSecure({ headers, socket }: IncomingMessage): boolean {
    if (this.publicUrl !== undefined) return this.publicUrl.startsWith('https:');
    const forwarded = lastOf(headers['x-forwarded-proto']);
    if (forwarded !== undefined && this.trustsPeer(socket)) return forwarded === 'https';
    return 'encrypted' in socket && socket.encrypted === true;
  }

  /**
   * What a link to this site begins with. Without `PUBLIC_URL` that is the `Host` of the request;
   * never `X-Forwarded-Host`, which many proxies pass on as it came.
   */
  origin(request: IncomingMessage): string {
    if (this.publicUrl !== undefined) return this.publicUrl;
    return `${this.isSecure(request) ? 'https' : 'http'}://${request.headers.host ?? ''}`;
  }

  /**
   * False when a browser says that the request comes from a page of another site. What is no
   * browser says nothing, and has no cookie that could be abused.
   */
  isSameOrigin(request: IncomingMessage): boolean {
    const { headers } = request;
    const site = headers['sec-fetch-site'];
    if (site !== undefined) return SAME.includes(String(site));
    const { origin } = headers;
    if (origin === undefined) return true;
    if (!URL.canParse(origin)) return false;
    const { host, origin: given } = new URL(origin);
    return this.publicUrl === undefined ? host === this.host(request) : given === this.publicUrl;
  }

  /**
   * The browser’s address as a proxy on this machine or network names it, where `TRUST_PROXY` does
   * not name the proxy. Good for telling browsers apart, and for nothing else: it may be invented.
   */
  claimed({ headers, socket }: IncomingMessage): string | undefined {
    const address = plain(socket.remoteAddress ?? '');
    if (this.trustsPeer(socket) || !isInside(address)) return undefined;
    return lastOf(headers['x-forwarded-for']);
  }

  /** Says once in the log that a proxy should be named. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', ({ raw }, _reply, done) => {
      if (!this.warned && isForwarded(raw.headers) && !this.trustsPeer(raw.socket)) {
        this.warned = true;
        this.logger.warn(
          { address: raw.socket.remoteAddress },
          'X-Forwarded-* headers come from an address that TRUST_PROXY does not name: ignored',
        );
      }
      done();
    });
  }

  private host({ headers, socket }: IncomingMessage): string | undefined {
    const forwarded = lastOf(headers['x-forwarded-host']);
    return forwarded !== undefined && this.trustsPeer(socket) ? forwarded : headers.host;
  }

  private trustsPeer({ remoteAddress }: { remoteAddress?: string | undefined }): boolean {
    return remoteAddress !== undefined && this.trusts(remoteAddress, 0);
  }
}

const isForwarded = (headers: IncomingHttpHeaders) =>
  FORWARDED.some((name) => headers[name] !== undefined);
