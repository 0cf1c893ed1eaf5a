import type { ReactNode } from 'react';
import Markdown from 'react-markdown';
import { type LocalizedTextFields, Texted } from '../look/Texted';
import { To } from '../shell/To';
import './page.css';

/** A way within the portal stays in the language of the page. */
const Way = ({ href = '', children }: { href?: string | undefined; children?: ReactNode }): ReactNode => (href.startsWith('/') ? <To to={href}>{children}</To> : <a href={href}>{children}</a>);

/** A page has one heading of the first order, its title; pictures would come from elsewhere, which the policy of the portal forbids. */
const markup = { components: { h1: 'h2', a: Way }, disallowedElements: ['img'] } as const;

/** The texts of a page of the directorate, as readers see them. */
export function PageText(props: { title: LocalizedTextFields | null | undefined; lead: LocalizedTextFields | null | undefined; body: LocalizedTextFields | null | undefined; as?: 'h1' | 'h2' }): ReactNode {
  const { title, lead, body, as: Heading = 'h1' } = props;
  return (
    <>
      <Heading className="page-title">
        <Texted text={title} />
      </Heading>
      {lead && (
        <p>
          <strong>
            <Texted text={lead} />
          </strong>
        </p>
      )}
      {body && (
        <div className="page-body" lang={body.locale} dir={body.direction === 'RTL' ? 'rtl' : 'ltr'}>
          <Markdown {...markup}>{body.text}</Markdown>
        </div>
      )}
    </>
  );
}
