import type { ReactNode } from 'react';
import { Link, type LinkProps, NavLink, type NavLinkProps } from 'react-router';
import { useLanguage } from './language';

/** A link within the pages, in the language of this one. */
export function To({ to, ...rest }: LinkProps & { to: string }): ReactNode {
  const { locale } = useLanguage();
  return <Link to={`/${locale}${to}`} {...rest} />;
}

/** A link of a menu, marked while its page is open. */
export function MenuTo({ to, ...rest }: NavLinkProps & { to: string }): ReactNode {
  const { locale } = useLanguage();
  return <NavLink to={`/${locale}${to}`} {...rest} />;
}
