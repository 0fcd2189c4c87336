import { ConfirmationElement } from './confirmation-element.ts';

const NAME = 'afterglow-confirmation';

// A page that loads it twice, or in two versions, keeps the first.
if (customElements.get(NAME) === undefined) customElements.define(NAME, ConfirmationElement);
