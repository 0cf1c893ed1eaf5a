import { FileText, Handshake, Inbox, Landmark, Languages, Layers, LogOut, MapPin, PenLine, Send, Users } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation } from 'react-router';
import type { Role } from '../gql/graphql';
import { Loading } from '../look/Loading';
import { Mark } from '../look/Mark';
import { Content, SkipLink } from '../shell/Content';
import { LanguageSwitch } from '../shell/LanguageSwitch';
import { ThemeSwitch } from '../shell/ThemeSwitch';
import { MenuTo, To } from '../shell/To';
import { useLanguage } from '../shell/language';
import { useSession, useWho } from '../sign/session';
import './desk.css';

const work = [
  { name: 'day', to: '/desk', Icon: Inbox },
  { name: 'review', to: '/desk/review', Icon: Send },
  { name: 'drafts', to: '/desk/drafts', Icon: PenLine },
  { name: 'translations', to: '/desk/translations', Icon: Languages },
] as const;
const register = [
  { name: 'agreements', to: '/agreements', Icon: Handshake },
  { name: 'projects', to: '/projects', Icon: Layers },
  { name: 'organizations', to: '/organizations', Icon: Landmark },
  { name: 'units', to: '/units', Icon: MapPin },
] as const;

/** Pages that only some may use, by their roles. */
const administration: readonly { name: string; to: string; Icon: LucideIcon; roles: readonly Role[] }[] = [{ name: 'users', to: '/desk/users', Icon: Users, roles: ['ADMINISTRATOR'] }];

/** The frame of the desk: the side bar with its sections, who works here, and the page. Whoever is not signed in is asked to. */
export default function DeskLayout(): ReactNode {
  const { t } = useTranslation(['desk', 'shell']);
  const { locale } = useLanguage();
  const { pathname, search } = useLocation();
  const { data: who, error } = useWho();
  const { signOut } = useSession();
  if (error) return <p role="alert" className="desk-lost">{t('shell:error.unreachable')}</p>;
  if (!who) return <Loading />;
  if (!who.account) return <Navigate to={`/${locale}/sign-in?next=${encodeURIComponent(pathname + search)}`} replace />;
  return (
    <div className="desk">
      <SkipLink />
      <header className="desk-side">
        <To to="/" className="desk-brand">
          <Mark />
          <strong>{t('shell:name')}</strong>
        </To>
        <nav aria-label={t('menu.label')}>
          {work.map(({ name, to, Icon }) => (
            <MenuTo key={name} to={to} end={to === '/desk'}>
              <Icon aria-hidden className="icon" /> {t(`menu.${name}`)}
            </MenuTo>
          ))}
          <Guarded title="administration" pages={administration} roles={who.roles} />
          <h2>{t('menu.register')}</h2>
          {register.map(({ name, to, Icon }) => (
            <MenuTo key={name} to={to}>
              <Icon aria-hidden className="icon" /> {t(`menu.${name}`)}
            </MenuTo>
          ))}
          <a href="/playground">
            <FileText aria-hidden className="icon" /> {t('menu.playground')}
          </a>
        </nav>
        <div className="desk-me">
          <MenuTo to="/desk/me">
            <bdi>{who.account.name}</bdi>
            <span className="hidden"> · {t('menu.me')}</span>
          </MenuTo>
          <span>{who.roles.map((role) => t(`role.${role}`)).join(t('comma'))}</span>
          <div className="desk-tools">
            <LanguageSwitch className="desk-tool" />
            <ThemeSwitch className="desk-tool" />
            <button type="button" className="desk-tool" onClick={() => void signOut()}>
              <LogOut aria-hidden className="icon" /> {t('signOut')}
            </button>
          </div>
        </div>
      </header>
      <Content />
    </div>
  );
}

/** A part of the menu, with the pages that these roles may use; without any it is not there. */
function Guarded(props: { title: string; pages: typeof administration; roles: readonly Role[] }): ReactNode {
  const { t } = useTranslation('desk');
  const open = props.pages.filter((page) => page.roles.some((role) => props.roles.includes(role)));
  if (open.length === 0) return null;
  return (
    <>
      <h2>{t(`menu.${props.title}`)}</h2>
      {open.map(({ name, to, Icon }) => (
        <MenuTo key={name} to={to}>
          <Icon aria-hidden className="icon" /> {t(`menu.${name}`)}
        </MenuTo>
      ))}
    </>
  );
}
