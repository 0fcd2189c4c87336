import { render } from 'preact';
import 'uplot/dist/uPlot.min.css';
import './page.css';
import { App } from './app.tsx';

const root = document.querySelector('#console');
if (root === null) throw new Error('the page has no place for the console');
render(<App />, root);
