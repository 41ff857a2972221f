// An element of the page. All text goes in as text, never as HTML.
export function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter(child => child !== null && child !== undefined && child !== ''));
  return made;
}

export function button(className, action, ...children) {
  const made = element('button', {type: 'button', className}, ...children);
  made.addEventListener('click', action);
  return made;
}

// A dot in the colour of a type.
export function dot(colour) {
  const made = element('span', {className: 'dot', ariaHidden: 'true'});
  made.style.setProperty('--c', colour);
  return made;
}
