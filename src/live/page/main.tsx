import './style/tokens.css';
import './style/base.css';
import './style/frame.css';
import './style/list.css';
import './style/detail.css';
import './style/panels.css';
import './style/work.css';
import { render } from 'preact';
import { Page } from './parts/page.js';
import { start } from './state.js';
import { applyTheme } from './theme.js';

applyTheme();
const root = document.getElementById('page');
if (root !== null) render(<Page />, root);
void start();
