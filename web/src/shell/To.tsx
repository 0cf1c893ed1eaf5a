import type { ReactNode } from 'react';
import { Link, type LinkProps, NavLink, type NavLinkProps } from 'react-router';
import { hasPast, useMoment } from '../past/moment';
import { useLanguage } from './language';

/** A link within the pages, in the language of this one; from what was, to other records as they were. */
export function To({ to, ...rest }: LinkProps & { to: string }): ReactNode {
  const { locale } = useLanguage();
  const moment = useMoment();
  return <Link to={`/${locale}${to}${moment && hasPast(to) ? `?asOf=${encodeURIComponent(moment)}` : ''}`} {...rest} />;
}

/** A link of a menu, marked while its page is open. */
export function MenuTo({ to, ...rest }: NavLinkProps & { to: string }): ReactNode {
  const { locale } = useLanguage();
  return <NavLink to={`/${locale}${to}`} {...rest} />;
}
