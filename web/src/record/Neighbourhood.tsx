import { Building2, FileText, Layers, type LucideIcon, MapPin } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { type LocalizedTextFields, Texted } from '../look/Texted';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { useLanguage } from '../shell/language';
import { withParam } from '../shell/withParam';
import { DRAWN, type Kind, NODE, type Spot, WIDTH, inOrder, kinds, layOut, lineBeyond, lineTo, nextSpot } from './layout';
import { Neighbours, type Neighbour } from './parts';
import './around.css';

const pictures: Record<Kind, LucideIcon> = { organizations: Building2, agreements: FileText, projects: Layers, units: MapPin };

/** The neighbours of one kind, with how many there are in all. */
export interface Group {
  items: Neighbour[];
  total: number;
}

export interface NeighbourhoodProps {
  kind: Kind;
  title: LocalizedTextFields | null | undefined;
  code: string;
  groups: Record<Kind, Group>;
}

/** A record with what is linked to it, as a picture to walk from record to record, or as lists. Arrow keys move between the neighbours. */
export default function Neighbourhood(props: NeighbourhoodProps): ReactNode {
  const { t } = useTranslation('record');
  const [params, setParams] = useSearchParams();
  const asList = params.get('around') === 'list';
  const turn = (): void => setParams((before) => withParam(before, 'around', asList ? null : 'list'), { preventScrollReset: true });
  return (
    <div className={asList ? 'record-around record-around-listed' : 'record-around'}>
      <p className="record-around-key">
        {kinds.filter((kind) => props.groups[kind].items.length > 0).map((kind) => (
          <span key={kind} className={`record-around-${kind}`}>
            {t(`lists.${kind}`)}
          </span>
        ))}
        <button type="button" className="record-around-turn" aria-pressed={asList} onClick={turn}>
          {t('around.list')}
        </button>
      </p>
      {!asList && <Picture {...props} />}
      <div className="record-around-list">
        {kinds.map((kind) => {
          const group = props.groups[kind];
          return group.items.length === 0 ? null : (
            <section key={kind}>
              <h3>{t(`lists.${kind}`)}</h3>
              {/* Where the list stands in for the picture it shows as many as that. */}
              <Neighbours items={asList ? group.items : group.items.slice(0, DRAWN)} total={group.total} empty="" />
            </section>
          );
        })}
      </div>
    </div>
  );
}

function Picture(props: NeighbourhoodProps): ReactNode {
  const { t } = useTranslation('record');
  const format = useFormat();
  const { dir } = useLanguage();
  const place = useRef<SVGSVGElement>(null);
  // Only what has a page of its own can be walked to.
  const drawable = Object.fromEntries(kinds.map((kind) => [kind, props.groups[kind].items.filter((item) => item.to)])) as Record<Kind, Neighbour[]>;
  // A place that belongs here by way of a project stands where that project does.
  const leading = drawable.projects.slice(0, DRAWN).flatMap(({ links = [] }) => links);
  drawable.units = inOrder(drawable.units.filter(({ to = '', isBeyond }) => !isBeyond || leading.includes(to)), drawable.projects.slice(0, DRAWN));
  const { height, me, spots } = layOut({
    organizations: drawable.organizations.length,
    agreements: drawable.agreements.length,
    projects: drawable.projects.length,
    units: drawable.units.length,
  });
  const across = (spot: Spot): Spot => (dir === 'rtl' ? { x: WIDTH - spot.x, y: spot.y } : spot);
  const nodes = kinds.flatMap((kind) => spots[kind].flatMap((spot, index) => { const item = drawable[kind][index]; return item ? [{ kind, item, spot: across(spot) }] : []; }));
  // What a project leads to hangs on that project; the record's own line goes past the projects.
  const past = spots.projects.map(across);
  const lines = nodes.flatMap(({ kind, item, spot }): { kind: Kind; path: string; isOver: boolean | undefined }[] => {
    if (kind !== 'units') return [{ kind, path: lineTo(across(me), spot), isOver: item.isOver }];
    const through = past.filter((_, index) => item.to && drawable.projects[index]?.links?.includes(item.to)).map((from) => ({ kind, path: lineTo(from, spot), isOver: false }));
    return through.length > 0 || item.isBeyond ? through : [{ kind, path: lineBeyond(across(me), spot, past), isOver: false }];
  });
  const more = kinds.filter((kind) => props.groups[kind].total > spots[kind].length);
  const walk = (event: KeyboardEvent): void => {
    const [right, down] = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key] ?? [0, 0];
    const links = [...(place.current?.querySelectorAll('a') ?? [])];
    const from = links.findIndex((link) => link === document.activeElement);
    if ((!right && !down) || from < 0) return;
    event.preventDefault();
    const next = nextSpot(nodes.map((node) => node.spot), from, right ?? 0, down ?? 0);
    if (next !== null) links[next]?.focus();
  };
  const Mine = pictures[props.kind];
  const box = (spot: Spot): { x: number; y: number; width: number; height: number } => ({ x: spot.x - NODE.width / 2, y: spot.y - NODE.height / 2, ...NODE });
  return (
    <>
      <svg ref={place} className="record-around-picture" viewBox={`0 0 ${WIDTH} ${height}`} role="group" aria-label={t('around.picture')} onKeyDown={walk}>
        {lines.map(({ kind, path, isOver }) => (
          <path key={path} d={path} fill="none" className={`record-around-line record-around-${kind}${isOver ? ' record-around-over' : ''}`} />
        ))}
        <foreignObject {...box(across(me))}>
          <div className="record-around-node record-around-me">
            <Mine aria-hidden size={17} />
            <span>
              <span className="record-around-name">
                <Texted text={props.title} fallback={props.code} />
              </span>
              <small>{t('around.here')}</small>
            </span>
          </div>
        </foreignObject>
        {nodes.map(({ kind, item, spot }, index) => {
          const Icon = pictures[kind];
          return (
            <foreignObject key={index} {...box(spot)}>
              <To to={item.to ?? ''} className={`record-around-node record-around-${kind}${item.isOver ? ' record-around-over' : ''}`} title={item.text?.text ?? item.fallback}>
                <Icon aria-hidden size={17} />
                <span>
                  <span className="record-around-name">
                    <Texted text={item.text} fallback={item.fallback} />
                  </span>
                  {(item.note ?? item.badge?.name) && <small>{item.note ?? item.badge?.name}</small>}
                </span>
              </To>
            </foreignObject>
          );
        })}
      </svg>
      {more.length > 0 && (
        <p className="record-note record-around-more">
          {more.map((kind) => `${t(`lists.${kind}`)}: ${t('andMore', { count: props.groups[kind].total - spots[kind].length, shown: format.number(props.groups[kind].total - spots[kind].length) })}`).join(' · ')}
        </p>
      )}
    </>
  );
}
