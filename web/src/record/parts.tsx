import { Printer, Quote } from 'lucide-react';
import { type ReactNode, Suspense, lazy, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordType } from '../edit/kinds';
import { Badge, type BadgeState } from '../look/Badge';
import { Loading } from '../look/Loading';
import { type LocalizedTextFields, Texted } from '../look/Texted';
import { Crumb } from '../shell/Crumb';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { usePageTitle } from '../shell/language';
import { useWho } from '../sign/session';
import type { NeighbourhoodProps } from './Neighbourhood';
import { useAmounts } from './useAmounts';
import './head.css';
import './record.css';

// The picture comes with its own code, after the record stands.
const Neighbourhood = lazy(() => import('./Neighbourhood'));
// Readers see nothing of the way to publication.
const RecordTools = lazy(() => import('../archive/RecordTools'));
const Unseen = lazy(() => import('../archive/Unseen'));

/** A part of the page that its head leads to, with the number of what it lists. */
export interface Tab {
  /** The id of its section. */
  to: string;
  name: string;
  count?: number;
}

interface RecordHeadProps {
  kind: RecordType;
  id: string;
  list: { to: string; name: string };
  code: string;
  title: LocalizedTextFields | null | undefined;
  other: LocalizedTextFields | null | undefined;
  isDemonstration?: boolean;
  /** Its states. */
  children?: ReactNode;
  /** What stands below the title, such as the line of a life. */
  below?: ReactNode;
  tabs: readonly Tab[];
}

/** The head of a record: where it belongs, its code, its states, its title in both languages, and the ways to its parts. */
export function RecordHead(props: RecordHeadProps): ReactNode {
  const { t } = useTranslation('record');
  const format = useFormat();
  const { data: who } = useWho();
  usePageTitle(props.title?.text ?? props.code);
  const other = props.other && props.other.locale !== props.title?.locale ? props.other : null;
  const current = useCurrentPart(props.tabs);
  return (
    <>
      <header className="record-head">
        <Crumb>
          <To to={props.list.to}>{props.list.name}</To> / <bdi dir="ltr">{props.code}</bdi>
        </Crumb>
        <div className="record-badges">
          {props.children}
          {props.isDemonstration && <span className="record-demo">{t('demonstration')}</span>}
          <span className="record-tools">
            {who?.account && (
              <Suspense>
                <RecordTools kind={props.kind} id={props.id} />
              </Suspense>
            )}
            <Citation title={props.title} code={props.code} />
            <button type="button" className="look-button" onClick={() => print()}>
              <Printer aria-hidden size={15} /> {t('print')}
            </button>
          </span>
        </div>
        {who?.account && (
          <Suspense>
            <Unseen id={props.id} />
          </Suspense>
        )}
        <h1>
          <Texted text={props.title} fallback={props.code} />
        </h1>
        {other && (
          <p className="record-other">
            <Texted text={other} />
          </p>
        )}
        {props.below}
      </header>
      <nav className="record-tabs" aria-label={t('tabs')}>
        {props.tabs.map((tab) => (
          <a key={tab.to} href={`#${tab.to}`} aria-current={tab.to === current ? 'location' : undefined}>
            {tab.name} {tab.count !== undefined && <small>{format.number(tab.count)}</small>}
          </a>
        ))}
      </nav>
    </>
  );
}

/** Down to here, below the tabs, a part is the one that is read. */
const READ_BELOW = 140;

/** The part of the record that is being read: the last whose beginning has come to the tabs; the first before that. */
function useCurrentPart(tabs: readonly Tab[]): string | undefined {
  const [current, setCurrent] = useState(tabs[0]?.to);
  const parts = tabs.map(({ to }) => to).join(' ');
  useEffect(() => {
    const look = (): void => {
      const [first, ...others] = parts.split(' ');
      // The parts stand in two columns, so their order on the page is not that of the tabs.
      const passed = others.flatMap((id) => { const top = document.getElementById(id)?.getBoundingClientRect().top; return top !== undefined && top <= READ_BELOW ? [{ id, top }] : []; });
      setCurrent(passed.reduce<{ id: string | undefined; top: number }>((last, part) => (part.top > last.top ? part : last), { id: first, top: -Infinity }).id);
    };
    look();
    addEventListener('scroll', look, { passive: true });
    return () => removeEventListener('scroll', look);
  }, [parts]);
  return current;
}

/** How to name the record elsewhere: who keeps it, its title and code, its lasting address, and the day it was read. */
function Citation(props: { title: LocalizedTextFields | null | undefined; code: string }): ReactNode {
  const { t } = useTranslation('record');
  const format = useFormat();
  return (
    <details className="record-cite">
      <summary className="look-button">
        <Quote aria-hidden size={15} /> {t('cite')}
      </summary>
      <p>
        {t('citation.by')} <Texted text={props.title} fallback={props.code} /> (<bdi dir="ltr">{props.code}</bdi>). {t('citation.read', { date: format.date(new Date().toISOString()) })}{' '}
        <bdi dir="ltr">{location.origin + location.pathname}</bdi>
      </p>
    </details>
  );
}

/** What is linked to the record, as a picture. */
export function Around(props: NeighbourhoodProps): ReactNode {
  const { t } = useTranslation('record');
  return (
    <Section title={t('around.title')} id="around">
      <Suspense fallback={<Loading />}>
        <Neighbourhood {...props} />
      </Suspense>
    </Section>
  );
}

/** One fact: its name, and its value or the word for unknown. */
export function Fact(props: { name: string; children?: ReactNode }): ReactNode {
  const { t } = useTranslation('record');
  const known = props.children !== null && props.children !== undefined && props.children !== '';
  return (
    <div className="record-fact">
      <dt>{props.name}</dt>
      <dd className={known ? undefined : 'record-unknown'}>{known ? props.children : t('unknown')}</dd>
    </div>
  );
}

/** A part of a record under its heading, with the number of what it lists. */
export function Section(props: { title: string; count?: string | undefined; /** Under which the head of the record leads here. */ id?: string; children: ReactNode }): ReactNode {
  const place = useRef<HTMLElement>(null);
  // Who opens an address that names this part is led to it, though it comes after the page.
  useEffect(() => {
    if (props.id && location.hash === `#${props.id}`) place.current?.scrollIntoView();
  }, [props.id]);
  return (
    <section ref={place} className="record-section" id={props.id}>
      <h2>
        {props.title}
        {props.count !== undefined && <span className="record-count">{props.count}</span>}
      </h2>
      {props.children}
    </section>
  );
}

/** Neighbours of a record, each a link with a line on how they belong to it. */
export function Neighbours(props: { items: Neighbour[]; total?: number | undefined; empty: string; /** The list that has all of them. */ all?: string }): ReactNode {
  const { t } = useTranslation('record');
  const format = useFormat();
  if (props.items.length === 0) return <p className="record-none">{props.empty}</p>;
  const more = (props.total ?? 0) - props.items.length;
  return (
    <ul className="record-neighbours">
      {props.items.map((item, index) => (
        <li key={`${item.to ?? ''} ${index}`}>
          <span className="record-neighbour">
            {item.to ? (
              <To to={item.to}>
                <Texted text={item.text} fallback={item.fallback} />
              </To>
            ) : (
              <Texted text={item.text} fallback={item.fallback} />
            )}
          </span>
          {item.note && <span className="record-note">{item.note}</span>}
          {item.badge && <Badge state={item.badge.state}>{item.badge.name}</Badge>}
        </li>
      ))}
      {more > 0 && <li className="record-note">{props.all ? <To to={props.all}>{t('all', { count: props.total, shown: format.number(props.total ?? 0) })}</To> : t('andMore', { count: more, shown: format.number(more) })}</li>}
    </ul>
  );
}

/** A record beside this one. */
export interface Neighbour {
  /** Its page; none if it has no record of its own. */
  to?: string | undefined;
  text: LocalizedTextFields | null | undefined;
  /** What names it if it has no title. */
  fallback?: string | undefined;
  note?: string | undefined;
  /** Where it stands in its life. */
  badge?: { state: BadgeState; name: string };
  /** It has ended, or is only wished for: drawn dashed. */
  isOver?: boolean | undefined;
  /** Addresses of neighbours that belong to it, such as the places of a project. */
  links?: readonly string[] | undefined;
  /** It belongs to the record by way of another neighbour only. */
  isBeyond?: boolean | undefined;
}

/** Neighbours that are one record in several parts, once, with all of these. */
export function together(items: readonly Neighbour[]): Neighbour[] {
  const seen = new Map<string, Neighbour>();
  for (const [index, item] of items.entries()) {
    const key = item.to ?? String(index);
    const before = seen.get(key);
    seen.set(key, before ? { ...before, note: [...new Set([before.note, item.note].filter(Boolean))].join(' · ') } : item);
  }
  return [...seen.values()];
}

/** The head of a column beside a cell, for narrow screens, where the heads do not stand above the rows. */
export function CellName(props: { children: ReactNode }): ReactNode {
  return (
    <span className="record-cell-name" aria-hidden>
      {props.children}
    </span>
  );
}

/** Rows of which each has an amount, with the currency in which it was reported; the first of many. */
export function Amounts(props: { id?: string; title: string; heads: readonly string[]; total: number; rows: readonly { id: string; cells: readonly ReactNode[]; value: { amount: string; currency: string } }[] }): ReactNode {
  const { t } = useTranslation('record');
  const format = useFormat();
  const { heads, total, rows } = props;
  const money = useAmounts(rows.map(({ value }) => value));
  if (rows.length === 0) return null;
  return (
    <Section {...(props.id && { id: props.id })} title={props.title} count={format.number(total)}>
      <table className="record-table record-stack">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
            <th scope="col" className="record-number">
              {money.head}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              {row.cells.map((cell, at) => (
                <td key={heads[at]}>
                  <CellName>{heads[at]}</CellName> <span>{cell}</span>
                </td>
              ))}
              <td className="record-number">
                <CellName>{money.head}</CellName>{' '}
                <span>
                  {money.amount(row.value)} {!money.isOneCurrency && money.currency(row.value)}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > rows.length && <p className="record-rule">{t('andMore', { count: total - rows.length, shown: format.number(total - rows.length) })}</p>}
    </Section>
  );
}
