import { Pencil } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import Unseen from '../archive/Unseen';
import { WayInOf } from '../archive/WayIn';
import { Decide } from '../desk/Decide';
import { PeekHead } from '../desk/PeekHead';
import { formOf } from '../edit/kinds';
import { Compare } from '../history/Compare';
import { useLinked } from '../history/useLinked';
import { Badge } from '../look/Badge';
import { Texted } from '../look/Texted';
import { badges } from '../look/states';
import { useNames } from '../look/useNames';
import { To } from '../shell/To';
import { useFormat } from '../shell/format';
import { writesForMinistry } from '../sign/ministry';
import { useWho } from '../sign/session';
import { Texts } from './Texts';
import { type Page, builtIn, pieceOf } from './pages';

/** One page beside the list: where it stands, which texts it has, what waits, and the steps that are open. */
export function PageView(props: { page: Page; onClose: () => void }): ReactNode {
  const { t } = useTranslation(['pages', 'desk']);
  const names = useNames();
  const format = useFormat();
  const { data: who } = useWho();
  const { page } = props;
  const piece = pieceOf(page);
  const changed = (piece?.fields ?? []).map((field) => ({ ...field, key: `${field.recordId} ${field.field}` }));
  const link = useLinked(changed);
  return (
    <>
      <PeekHead onClose={props.onClose}>
        {t('page')} · <bdi dir="ltr">{page.slug}</bdi>
      </PeekHead>
      <h2>
        <Texted text={page.title} fallback={page.slug} />
      </h2>
      <p className="desk-acts">
        <Badge state={badges[page.state]}>{names('RecordState', page.state)}</Badge>
        {page.state === 'PUBLISHED' && <To to={`/pages/${page.slug}`}>{t('look')}</To>}
        {writesForMinistry(who) && page.state !== 'ARCHIVED' && (
          <To to={formOf('Page', page.id)} aria-keyshortcuts="E">
            <Pencil aria-hidden size={15} /> {t('edit')} <kbd dir="ltr">E</kbd>
          </To>
        )}
      </p>
      <p className="desk-none">{t([`stands.${page.slug}`, builtIn.includes(page.slug) ? 'ledTo' : 'notLedTo'])}</p>
      {page.state === 'ARCHIVED' && <Unseen id={page.id} />}
      {!builtIn.includes(page.slug) && <WayInOf id={page.id} />}
      <Texts page={page} />
      <p className="desk-none">{t('changed', { date: format.date(page.updatedAt) })}</p>
      {piece && (
        <Waiting page={page}>
          {piece.comment && (
            <blockquote dir="auto" className="desk-comment">
              {piece.comment}
            </blockquote>
          )}
          {changed.length > 0 && <Compare kind="Page" fields={changed} link={link} heads={{ field: t('desk:compare.field'), before: t('desk:compare.before'), after: t('desk:compare.after') }} />}
        </Waiting>
      )}
      {piece && <Decide key={piece.key} piece={piece} onTaken={props.onClose} />}
    </>
  );
}

/** What waits until readers see it, and where it waits. */
export function Waiting(props: { page: Page; children?: ReactNode }): ReactNode {
  const { t } = useTranslation('pages');
  const names = useNames();
  const format = useFormat();
  const { page } = props;
  const [change] = page.pendingChanges.nodes;
  return (
    <section className="pages-waiting">
      <h3>
        {t(change ? 'changeWaits' : 'notPublished')}{' '}
        <Badge state={badges[change?.state ?? page.state]}>{names('RecordState', change?.state ?? page.state)}</Badge>
      </h3>
      {change?.authorName && <p>{t('by', { name: change.authorName, date: format.date(change.updatedAt) })}</p>}
      {props.children}
    </section>
  );
}
