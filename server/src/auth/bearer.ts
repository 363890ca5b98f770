/** The token that a request or a socket brings in its header. */
export const bearerIn = (authorization: string | undefined): string | undefined =>
  /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
