/** A name that nobody else has; browsers make UUIDs of their own only for pages that came by https. */
export const freshName = (): string => [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(16)).join('-');
