/** Who stands at the door, before anybody knows who they are. */
export interface Visitor {
  address: string;
  /** The address that a proxy names which nobody vouches for. */
  claimed: string | undefined;
  /** The secret of the session that the browser had until now. */
  before: string | undefined;
  /** By which the browser is known, where somebody has signed in with it before. */
  device: string | undefined;
  /** What the browser calls itself. */
  agent: string | undefined;
}
