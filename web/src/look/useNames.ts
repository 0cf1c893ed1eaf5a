import { graphql } from '../gql';
import { useGraph } from '../graph/useGraph';

const Names = graphql(`
  query LookNames {
    codeLists(where: { name: { startsWith: "Taawun-" } }, first: 60) {
      nodes {
        name
        items(first: 30) {
          nodes {
            code
            name {
              text
            }
          }
        }
      }
    }
  }
`);

/** The names of the contract's enumerations in the language of the page, from the system's own code lists: names('AgreementStatus', 'IN_FORCE'). */
export function useNames(): (enumeration: string, value: string) => string {
  // The names change with a release of the system, not while a page is open.
  const { data } = useGraph(Names, {}, { staleTime: 'static' });
  return (enumeration, value) => {
    // A code is no word for a reader: until the names are there, a sign that something will be.
    if (!data) return '…';
    const list = data?.codeLists.nodes.find((l) => l.name === `Taawun-${enumeration}`);
    return list?.items.nodes.find((item) => item.code === value)?.name?.text ?? value;
  };
}
